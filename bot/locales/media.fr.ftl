# Ce qui parvient aux personnes hors de la messagerie : bot/media, bot/web/stopping.py
ending-link = Plus de messages de cette sorte
ending-asked = { $kind } : n’en plus recevoir ?
ending-asked-what = Vous pourrez les redemander dans la messagerie, à tout moment. Les messages indispensables viennent toujours.
ending-press = N’en plus recevoir
ending-done = { $kind } : vous n’en recevez plus.
ending-none = Ce lien ne met fin à rien
ending-none-todo = Il est incomplet, ou il n’y a plus de tels messages.
