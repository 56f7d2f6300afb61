// Looks whether the person said yes in the chat; without this script there is a link to press.
"use strict";
const look = async () => {
  const answer = await fetch(location.href, { credentials: "same-origin" }).catch(() => null);
  if (answer && (answer.redirected || answer.status === 410)) location.reload();
  else setTimeout(look, 2000); // one after the other: another look would break off a reload
};
setTimeout(look, 2000);
