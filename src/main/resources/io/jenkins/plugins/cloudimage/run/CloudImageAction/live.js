/*
 * Keeps the images of a build up to date as long as they may change. A part of a card is replaced only when its
 * data-value has changed, so that what a person has just marked or focused stays.
 */
Behaviour.specify(".cloud-image-live", "cloud-image-live", 0, (area) => {
  const PAUSE = 5000;

  function adopt(old, fresh) {
    old.replaceWith(fresh);
    Behaviour.applySubtree(fresh, true);
  }

  function update(html) {
    const template = document.createElement("template");
    template.innerHTML = html;
    const next = template.content.querySelector(".cloud-image-live");
    if (next === null) {
      return;
    }
    area.dataset.live = next.dataset.live;
    [...next.children].forEach((card) => {
      if (document.getElementById(card.id) === null) {
        area.append(card);
        Behaviour.applySubtree(card, true);
        return;
      }
      card.querySelectorAll("[data-value]").forEach((fresh) => {
        const old = document.getElementById(fresh.id);
        if (old !== null && old.dataset.value !== fresh.dataset.value) {
          adopt(old, fresh);
        }
      });
    });
  }

  function refresh() {
    if (!area.isConnected) {
      return;
    }
    if (document.hidden) {
      document.addEventListener("visibilitychange", refresh, { once: true });
      return;
    }
    fetch(area.dataset.url, { cache: "no-store" })
      .then((response) => {
        if (!response.ok) {
          // Logged out, or the build is gone.
          area.dataset.live = "false";
          return null;
        }
        return response.text();
      })
      .then((html) => {
        if (html) {
          update(html);
        }
      })
      .catch(() => {
        // Jenkins is restarting; the image is made all the same.
      })
      .finally(later);
  }

  function later() {
    if (area.dataset.live === "true") {
      setTimeout(refresh, PAUSE);
    }
  }

  later();
});
