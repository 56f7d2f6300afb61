// Looks whether the person said yes in the chat; without this script there is a link to press.
"use strict";
setInterval(async () => {
  const answer = await fetch(location.href, { credentials: "same-origin" }).catch(() => null);
  if (answer && (answer.redirected || answer.status === 410)) location.reload();
}, 2000);
