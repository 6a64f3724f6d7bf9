(function () {
  'use strict';
  // Only hides and shows what stands in the page: nothing is made of text.
  var form = document.getElementById('filter');
  var search = document.getElementById('search');
  var cluster = document.getElementById('cluster');
  var shown = document.getElementById('shown');
  var items = Array.prototype.slice.call(document.querySelectorAll('.item'));
  var texts = items.map(function (item) {
    return (item.parentElement.querySelector('summary').textContent + ' ' + item.textContent).toLowerCase();
  });

  function apply() {
    var words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    var severities = Array.prototype.map.call(form.querySelectorAll('[name=severity]:checked'), function (box) { return box.value; });
    var only = cluster ? cluster.value : '';
    var count = 0;
    items.forEach(function (item, index) {
      var isShown = severities.indexOf(item.dataset.severity) >= 0
        && (only === '' || JSON.parse(item.dataset.clusters).indexOf(only) >= 0)
        && words.every(function (word) { return texts[index].indexOf(word) >= 0; });
      item.hidden = !isShown;
      count += isShown ? 1 : 0;
    });
    document.querySelectorAll('.account').forEach(function (account) {
      account.hidden = !account.querySelector('.item:not([hidden])');
    });
    shown.textContent = count + ' of ' + items.length + ' shown';
  }

  form.hidden = false;
  form.addEventListener('input', apply);
  form.addEventListener('submit', function (event) { event.preventDefault(); });
  // Paper has no folds.
  window.addEventListener('beforeprint', function () {
    document.querySelectorAll('details').forEach(function (one) { one.open = true; });
  });
  apply();
})();
