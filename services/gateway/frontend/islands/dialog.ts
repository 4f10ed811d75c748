// A dialog that its address opens is a part of the page; here it comes over the page, where the browser keeps the focus in it.

/** Closed, it is gone from the address too, so that a reload or a refetched part does not bring it back. */
export function openDialogs(): void {
  document.querySelectorAll<HTMLDialogElement>('dialog[data-modal][open]').forEach((dialog) => {
    const spoken = document.querySelector('[data-announce]');
    const place = spoken?.parentElement;
    dialog.open = false;
    dialog.showModal();
    if (spoken) dialog.append(spoken); // what lies behind a modal dialog is not spoken
    dialog.addEventListener('close', (event) => {
      if (event.target !== dialog) return;
      if (spoken) place?.append(spoken);
      history.replaceState(history.state, '', dialog.dataset['modal']);
    });
    dialog.querySelector('[data-close]')?.addEventListener('click', (event) => {
      event.preventDefault();
      dialog.close();
    });
  });
}
