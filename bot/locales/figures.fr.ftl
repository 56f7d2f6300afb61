# Ce qui est dit de groupes de personnes.

figure-between = { $low } à { $high } sur { $of }
figure-at-most = au plus { $high } sur { $of }
figure-at-least = au moins { $low } sur { $of }
figure-exactly = { $low } sur { $of }
figure-share = { $low } % à { $high } %
figure-others = les services plus petits, ensemble
figure-everybody = tout le monde
figure-no-department = sans service connu
