'use strict';
(() => {
  const byId = id => document.getElementById(id);
  const show = byId('show');
  const find = byId('find');
  const details = [...document.querySelectorAll('details.variant')];
  document.querySelector('.tools').hidden = false;

  const apply = () => {
    const hope = show.value;
    const words = find.value.trim().toLowerCase();
    let shown = 0;
    for (const one of details) {
      const kernel = one.closest('.cell').querySelector('h2').textContent;
      const name = one.querySelector('.name').textContent;
      const fits = (!hope || one.dataset.hope === hope) && (kernel + ' ' + name).toLowerCase().includes(words);
      one.hidden = !fits;
      shown += fits ? 1 : 0;
    }
    for (const cell of document.querySelectorAll('.cell')) {
      cell.hidden = !cell.querySelector('details.variant:not([hidden])');
    }
    for (const row of document.querySelectorAll('.matrix tbody tr')) {
      const cell = byId(row.querySelector('a').hash.slice(1)).closest('.cell');
      row.hidden = cell.hidden;
    }
    byId('shown').textContent = hope || words ? shown + ' of ' + details.length + ' verdicts' : '';
  };
  show.addEventListener('change', apply);
  find.addEventListener('input', apply);

  const unfold = byId('unfold');
  unfold.addEventListener('click', () => {
    const open = details.some(one => !one.open);
    details.forEach(one => { one.open = open; });
    unfold.textContent = open ? 'Close all details' : 'Open all details';
  });

  const reveal = () => {
    const target = location.hash && byId(location.hash.slice(1));
    const around = target && target.closest('details');
    if (around) {
      around.open = true;
      around.scrollIntoView();
    }
  };
  addEventListener('hashchange', reveal);
  addEventListener('beforeprint', () => details.forEach(one => { one.open = true; }));
  reveal();
})();
