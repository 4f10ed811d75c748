// The theme changes at once; the form's post, which follows, keeps it for the person.

export function switchThemes(): void {
  document.addEventListener('click', (event) => {
    const button = (event.target as Element).closest<HTMLButtonElement>('[data-theme-switch]');
    if (button) document.documentElement.dataset['theme'] = button.value;
  });
}
