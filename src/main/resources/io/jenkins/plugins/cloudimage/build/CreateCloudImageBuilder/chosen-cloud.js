// The fields of every cloud that was ever chosen stay on the page, so a check that looks for "the region" or "the class"
// may find another cloud's. This tells checks which cloud is chosen, and has them made anew when another one is.
Behaviour.specify(".cloud-image-chosen-cloud", "cloud-image-chosen-cloud", 0, function (chosen) {
  const select = chosen.parentElement.nextElementSibling.querySelector("select.dropdownList");
  const clouds = chosen.dataset.clouds.split(" ");
  // Clouds without tags or copies have no fields for them, unless some are there that have to be removed.
  const showLists = function () {
    for (const list of chosen.parentElement.parentElement.querySelectorAll(".cloud-image-tags, .cloud-image-copies")) {
      const offered = list.dataset.clouds.split(" ").includes(chosen.value);
      const filled = list.querySelector(".repeated-chunk:not(.to-be-removed) input[name^='_.']") !== null;
      list.classList.toggle("jenkins-hidden", !offered && !filled);
    }
  };
  showLists();
  select.addEventListener("change", function () {
    chosen.value = clouds[select.selectedIndex];
    chosen.dispatchEvent(new Event("change"));
    showLists();
  });
});
