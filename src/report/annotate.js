(function () {
  function light(fact, on) {
    var sentence = document.getElementById(fact.dataset.sentence);
    if (sentence) sentence.classList.toggle("lit", on);
    fact.querySelectorAll("[data-of]").forEach(function (chip) {
      document.querySelectorAll('mark[data-id="' + chip.dataset.of + '"]').forEach(function (mark) { mark.classList.toggle("lit", on); });
    });
  }
  document.querySelectorAll(".facts li").forEach(function (fact) {
    fact.addEventListener("mouseenter", function () { light(fact, true); });
    fact.addEventListener("mouseleave", function () { light(fact, false); });
    fact.addEventListener("focus", function () { light(fact, true); });
    fact.addEventListener("blur", function () { light(fact, false); });
    function show() {
      var sentence = document.getElementById(fact.dataset.sentence);
      if (sentence) sentence.scrollIntoView({ block: "center" });
    }
    fact.addEventListener("click", show);
    fact.addEventListener("keydown", function (event) { if (event.key === "Enter") show(); });
  });
})();
