# Ce qui s’imprime
paper-no-library = Rien ne peut être mis en page ici : le programme qui le fait n’est pas installé. L’administration l’installe avec « pip install parvis[pdf] ».
