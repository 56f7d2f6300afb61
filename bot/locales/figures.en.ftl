# What is told of groups of people.

figure-between = { $low } to { $high } of { $of }
figure-at-most = at most { $high } of { $of }
figure-at-least = at least { $low } of { $of }
figure-exactly = { $low } of { $of }
figure-share = { $low } % to { $high } %
figure-others = smaller departments, together
figure-everybody = everybody
figure-no-department = no department known
