// The fields of every cloud that was ever chosen stay on the page, so a check that looks for "the region" or "the class"
// may find another cloud's. This tells checks which cloud is chosen, and has them made anew when another one is.
Behaviour.specify(".cloud-image-chosen-cloud", "cloud-image-chosen-cloud", 0, function (chosen) {
  const select = chosen.parentElement.nextElementSibling.querySelector("select.dropdownList");
  const clouds = chosen.dataset.clouds.split(" ");
  const form = chosen.parentElement.parentElement;
  const isFilled = function (field) {
    const single = field.querySelectorAll(
      "input[name='_.force'], input[name='_.name'], input[name='_.encrypt'], input[name='_.kmsKeyId']",
    );
    // The field may itself be in a chunk, which does not count.
    const chunks = field.querySelectorAll(".repeated-chunk:not(.to-be-removed)");
    return (
      Array.from(chunks).some((chunk) => chunk.querySelector("input[name^='_.']") !== null) ||
      Array.from(single).some((input) => (input.type === "checkbox" ? input.checked : input.value !== ""))
    );
  };
  // What a cloud cannot do has no field, unless something is there that has to be removed.
  const showOffered = function () {
    const optional =
      ".cloud-image-tags, .cloud-image-copies, .cloud-image-copy-name, .cloud-image-encryption, .cloud-image-force";
    for (const field of form.querySelectorAll(optional)) {
      const offered = field.dataset.clouds.split(" ").includes(chosen.value);
      field.classList.toggle("jenkins-hidden", !offered && !isFilled(field));
    }
  };
  showOffered();
  form.addEventListener("cloud-image-added", showOffered);
  select.addEventListener("change", function () {
    chosen.value = clouds[select.selectedIndex];
    chosen.dispatchEvent(new Event("change"));
    showOffered();
  });
});
// A copy that is added to the form later.
Behaviour.specify(".cloud-image-encryption", "cloud-image-encryption", 0, function (field) {
  field.dispatchEvent(new Event("cloud-image-added", { bubbles: true }));
});
