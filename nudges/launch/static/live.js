// Shows the figures anew once a minute; without this script there is a link to press.
"use strict";
const again = async () => {
  const answer = await fetch(location.href, { credentials: "same-origin" }).catch(() => null);
  if (answer && (answer.redirected || !answer.ok)) return location.reload(); // the visit is over: let it be said
  if (answer) {
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const id of ["counted", "figures"]) {
      const now = fresh.getElementById(id);
      const shown = document.getElementById(id);
      if (now && shown && now.textContent !== shown.textContent) shown.replaceChildren(...now.childNodes);
    }
  }
  setTimeout(again, 60000);
};
setTimeout(again, 60000);
