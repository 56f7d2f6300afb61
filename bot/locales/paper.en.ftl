# What is printed
paper-no-library = Nothing can be typeset here: the program that does it is not installed. Administrators install it with “pip install parvis[pdf]”.
