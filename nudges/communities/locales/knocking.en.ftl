## Who asks at the door of a community
knock-asks = { $who } ({ $account }) asks to be let into “{ $name }”.
knock-admit = Let them in
knock-admitted = { $account } may now enter “{ $name }”: the invitation is there.
knock-refused = { $account } could not be invited to “{ $name }”. In the room itself you can let them in.
knock-unknown = I do not know whom to let in where. Press the button under what I told you.

## What each choice does, as “parvis who-can” lists it
choice-community-admit = Let somebody in who knocks
