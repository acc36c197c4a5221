"use strict";
(function () {
  var root = document.documentElement;
  document.getElementById("lang").addEventListener("click", function () {
    root.dataset.lang = root.lang = root.dataset.lang === "zh" ? "en" : "zh";
    document.dispatchEvent(new Event("language"));
  });

  // A link to a sentence opens the document that holds it.
  function open() {
    var target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    var closed = target && target.closest("details");
    if (closed) { closed.open = true; target.scrollIntoView({ block: "center" }); }
  }
  window.addEventListener("hashchange", open);
  open();

  var search = document.getElementById("ledger-search");
  if (!search) return;
  var rows = Array.from(document.querySelectorAll("table.ledger tbody tr"));
  var buttons = Array.from(document.querySelectorAll(".filters button"));
  var stage = "";
  function filter() {
    var words = search.value.trim().toLowerCase().split(/\s+/);
    rows.forEach(function (row) {
      var own = row.querySelector(".stage").dataset.stage;
      var text = row.textContent.toLowerCase();
      row.hidden = (stage !== "" && own !== stage) || !words.every(function (word) { return text.includes(word); });
      row.style.display = row.hidden ? "none" : "";
    });
    buttons.forEach(function (button) { button.setAttribute("aria-pressed", String(button.dataset.stage === stage)); });
  }
  search.addEventListener("input", filter);
  buttons.forEach(function (button) {
    button.addEventListener("click", function () { stage = button.dataset.stage; filter(); });
  });
  filter();
})();
