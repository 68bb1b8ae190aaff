// The fields of every cloud that was ever chosen stay on the page, so a check that looks for "the region" or "the class"
// may find another cloud's. This tells checks which cloud is chosen, and has them made anew when another one is.
Behaviour.specify(".cloud-image-chosen-cloud", "cloud-image-chosen-cloud", 0, function (chosen) {
  const select = chosen.parentElement.nextElementSibling.querySelector("select.dropdownList");
  const clouds = chosen.dataset.clouds.split(" ");
  // What a cloud cannot do has no field, unless something is there that has to be removed.
  const showOffered = function () {
    const optional = ".cloud-image-tags, .cloud-image-copies, .cloud-image-force";
    for (const field of chosen.parentElement.parentElement.querySelectorAll(optional)) {
      const offered = field.dataset.clouds.split(" ").includes(chosen.value);
      const filled =
        field.querySelector(".repeated-chunk:not(.to-be-removed) input[name^='_.'], input[name='_.force']:checked") !== null;
      field.classList.toggle("jenkins-hidden", !offered && !filled);
    }
  };
  showOffered();
  select.addEventListener("change", function () {
    chosen.value = clouds[select.selectedIndex];
    chosen.dispatchEvent(new Event("change"));
    showOffered();
  });
});
