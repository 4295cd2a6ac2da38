// Two small comforts: copy buttons, and pages that refresh when something new has arrived.

for (const button of document.querySelectorAll('[data-copy]')) {
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    const before = button.textContent;
    button.textContent = button.dataset.done;
    setTimeout(() => {
      button.textContent = before;
    }, 1500);
  });
}

const watched = document.querySelector('[data-watch]');
if (watched) {
  setInterval(async () => {
    // Never under someone's hands: a form being filled in, a page out of sight.
    const typing = document.activeElement instanceof HTMLInputElement;
    if (document.hidden || typing) return;
    try {
      const answer = await fetch(watched.dataset.watch);
      const { newest } = await answer.json();
      if (String(newest) !== watched.dataset.newest) location.reload();
    } catch {
      // The sandbox is being restarted; the next round finds it again.
    }
  }, 2000);
}
