// Every sign of the portal, drawn on 24 × 24 with one line weight; discs of the turn on 16 × 16.
// Verbs, turn, visibility and audience mean the same in every brand, so they live here and nowhere else.

const verbs = {
  review: '<path d="M2.6 12c2-3.9 5.3-6.3 9.4-6.3s7.4 2.4 9.4 6.3c-2 3.9-5.3 6.3-9.4 6.3S4.6 15.9 2.6 12z"/><circle cx="12" cy="12" r="2.7"/>',
  confirm: '<circle cx="12" cy="12" r="8.8"/><path d="m8.2 12.3 2.7 2.6 5-5.5"/>',
  sign_off: '<path d="M3.6 20.2h16.8"/><path d="M4.8 15.8c3-4.3 5.2-11.3 7.1-11.3 2.3 0-3.2 11.3-.5 11.3 1.6 0 2.2-3.4 3.6-3.4 1.1 0 .6 2.5 1.9 2.5.8 0 1.4-.5 2-1.1"/>',
  answer: '<path d="M5.5 4.5h13a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-6.3L8 20.3v-3.8H5.5a2 2 0 0 1-2-2v-8a2 2 0 0 1 2-2z"/><path d="M10 8.9a2.05 2.05 0 1 1 2.9 1.9c-.6.3-.9.6-.9 1.2"/><path d="M12 13.9v.02"/>',
  upload: '<path d="M12 15.3V4.2"/><path d="m7.4 8.7 4.6-4.5 4.6 4.5"/><path d="M4.2 15.6v2.3a2 2 0 0 0 2 2h11.6a2 2 0 0 0 2-2v-2.3"/>',
  sync: '<path d="M4.2 8.9h14.4"/><path d="m15.2 5.5 3.4 3.4"/><path d="M19.8 15.1H5.4"/><path d="m8.8 18.5-3.4-3.4"/>',
  act: '<circle cx="12" cy="12" r="8.8"/><path d="M8.5 12h7"/><path d="m12.5 9 3 3-3 3"/>',
};

const audience = {
  shared: '<circle cx="9.2" cy="8.2" r="3.4"/><path d="M2.8 19.5c.4-3.6 3-5.7 6.4-5.7s6 2.1 6.4 5.7"/><path d="M15.6 5.1a3.3 3.3 0 0 1 0 6.3"/><path d="M18 14.5c1.8.9 2.9 2.6 3.2 5"/>',
  internal: '<rect x="5" y="10.5" width="14" height="9.5" rx="2"/><path d="M8.2 10.5V7.8a3.8 3.8 0 0 1 7.6 0v2.7"/>',
  private: '<path d="M12 3.3 19 6v5.2c0 4.5-2.8 7.7-7 9.5-4.2-1.8-7-5-7-9.5V6z"/>',
  placeholder: '<rect x="4.2" y="5.2" width="15.6" height="13.6" rx="2" stroke-dasharray="3 2.4"/>',
  hidden: '<path d="M4 4l16 16"/><path d="M9.5 6c.8-.2 1.6-.3 2.5-.3 4.1 0 7.4 2.4 9.4 6.3-.8 1.5-1.8 2.8-3 3.8M6.2 7.7A12 12 0 0 0 2.6 12c2 3.9 5.3 6.3 9.4 6.3 1.4 0 2.7-.3 3.9-.8"/>',
};

const places = {
  home: '<path d="m3.8 11 8.2-6.8 8.2 6.8"/><path d="M6 9.6v9a1.4 1.4 0 0 0 1.4 1.4h9.2a1.4 1.4 0 0 0 1.4-1.4v-9"/><path d="M10 20v-5.2h4V20"/>',
  projects: '<path d="M4 6.5h9M7.5 12h9M11 17.5h9"/>',
  files: '<path d="M6.5 3.8h7L18.5 9v10a1.3 1.3 0 0 1-1.3 1.3H6.8A1.3 1.3 0 0 1 5.5 19V4.9z"/><path d="M13.3 4v5.2h5"/>',
  threads: '<path d="M5.5 5h13a2 2 0 0 1 2 2v7.2a2 2 0 0 1-2 2h-6.3L8 20v-3.8H5.5a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2z"/>',
  requests: '<path d="M4 13.2 6.4 5.5h11.2L20 13.2V18a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 18z"/><path d="M4 13.2h4.4l1.3 2.3h4.6l1.3-2.3H20"/>',
  reports: '<path d="M4.5 4.5v13a2 2 0 0 0 2 2h13"/><path d="M9 16v-4.5M13 16V7.5M17 16v-6"/>',
  grip: '<path d="M9 6.5h.02M9 12h.02M9 17.500h.02M15 6.500h.02M15 12h.02M15 17.500h.02" stroke-width="2.4"/>',
  menu: '<path d="M4 7h16M4 12h16M4 17h16"/>',
  more: '<path d="M6 12h.02M12 12h.02M18 12h.02" stroke-width="2.6"/>',
  customers: '<path d="M5 20V6.5L12 4v16M12 9.5l7 2V20M3.5 20h17"/><path d="M8.3 9.5v.02M8.3 13v.02M8.3 16.5v.02M15.6 14v.02M15.6 17v.02"/>',
  workflows: '<rect x="3.6" y="4.5" width="6.3" height="5" rx="1.5"/><rect x="14.1" y="14.5" width="6.3" height="5" rx="1.5"/><path d="M6.8 9.5v5a2.5 2.5 0 0 0 2.5 2.5h4.8"/>',
  brand: '<path d="M12 3.6a8.4 8.4 0 1 0 0 16.8c1.5 0 2-1 1.6-2-.6-1.6.3-3 2-3h2.2a2.7 2.7 0 0 0 2.6-2.8c-.2-5-3.8-9-8.4-9z"/><path d="M8 12.2v.02M9.7 8.2v.02M14.3 8.2v.02" stroke-width="2.4"/>',
  people: '<circle cx="12" cy="8" r="3.7"/><path d="M5 20c.5-4 3.2-6.2 7-6.2s6.5 2.2 7 6.2"/>',
  audit: '<path d="M12 3.3 19 6v5.2c0 4.5-2.8 7.7-7 9.5-4.2-1.8-7-5-7-9.5V6z"/><path d="M9 11.8l2.2 2.2 4-4.3"/>',
  settings: '<path d="M4 7.5h9M17.5 7.5H20M4 16.5h2.5M11 16.5h9"/><circle cx="15.2" cy="7.5" r="2.2"/><circle cx="8.7" cy="16.5" r="2.2"/>',
  workspace: '<path d="M4 13.2 6.4 5.5h11.2L20 13.2V18a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 18z"/><path d="M4 13.2h4.4l1.3 2.3h4.6l1.3-2.3H20"/>',
};

const things = {
  search: '<circle cx="10.8" cy="10.8" r="6.3"/><path d="m15.6 15.6 4.6 4.6"/>',
  bell: '<path d="M6.2 16.2v-5.4a5.8 5.8 0 0 1 11.6 0v5.4l1.5 1.9H4.7z"/><path d="M10.2 20.7a2 2 0 0 0 3.6 0"/>',
  clock: '<circle cx="12" cy="12" r="8.6"/><path d="M12 7.3V12l3.1 2"/>',
  calendar: '<rect x="4.2" y="5.6" width="15.6" height="14.6" rx="2"/><path d="M4.2 10.4h15.6M8.5 3.3v4M15.5 3.3v4"/>',
  arrow: '<path d="M4.6 12h14.6"/><path d="m13.6 6.2 5.8 5.8-5.8 5.8"/>',
  back: '<path d="m14.5 5.5-6.5 6.5 6.5 6.5"/>',
  next: '<path d="m9.5 5.5 6.5 6.5-6.5 6.5"/>',
  down: '<path d="m5.6 9.3 6.4 6.4 6.4-6.4"/>',
  check: '<path d="m5 12.6 4.6 4.6L19.2 7"/>',
  close: '<path d="m6 6 12 12M18 6 6 18"/>',
  plus: '<path d="M12 5v14M5 12h14"/>',
  minus: '<path d="M5 12h14"/>',
  up: '<path d="m5.6 14.7 6.4-6.4 6.4 6.4"/>',
  words: '<path d="M5 7V5h14v2M12 5v14M9.5 19h5"/>',
  image: '<rect x="3.5" y="5" width="17" height="14" rx="2"/><circle cx="9" cy="10" r="1.6"/><path d="m4 17 5-4 3.5 2.5L16 12l4.500 4"/>',
  warning: '<path d="M12 4.3 21 19.6H3z"/><path d="M12 10v4.3M12 16.9v.02"/>',
  info: '<circle cx="12" cy="12" r="8.8"/><path d="M12 11v5.2M12 7.9v.02"/>',
  mail: '<rect x="3.6" y="5.4" width="16.8" height="13.2" rx="2"/><path d="m4.3 7.4 7.7 5.9 7.7-5.9"/>',
  lock: '<rect x="5" y="10.5" width="14" height="9.5" rx="2"/><path d="M8.2 10.5V7.8a3.8 3.8 0 0 1 7.6 0v2.7"/>',
  key: '<circle cx="8.2" cy="15.6" r="4.2"/><path d="m11.2 12.6 8.3-8.3M16 7.7l2.6 2.6"/>',
  globe: '<circle cx="12" cy="12" r="8.6"/><path d="M3.6 12h16.8M12 3.4c5.4 5 5.4 12.2 0 17.2-5.4-5-5.4-12.2 0-17.2z"/>',
  phone: '<rect x="7" y="2.8" width="10" height="18.4" rx="2.4"/><path d="M10.8 18.2h2.4"/>',
  desktop: '<rect x="3" y="4.4" width="18" height="12" rx="2"/><path d="M12 16.4v3.4M8.4 19.8h7.2"/>',
  clip: '<path d="m19.3 11.2-7.6 7.6a4.7 4.7 0 0 1-6.7-6.7l8-8a3.2 3.2 0 0 1 4.5 4.5l-7.9 7.9a1.6 1.6 0 0 1-2.3-2.3l7.2-7.1"/>',
  at: '<circle cx="12" cy="12" r="3.6"/><path d="M15.6 8.5v4.7a2.5 2.5 0 0 0 5 0V12a8.6 8.6 0 1 0-3.5 6.9"/>',
  send: '<path d="M20.3 3.9 3.8 10.4l6.5 3.3 3.3 6.5z"/><path d="m10.3 13.7 4.3-4.3"/>',
  download: '<path d="M12 4.2v11"/><path d="m7.4 10.8 4.6 4.5 4.6-4.5"/><path d="M4.2 15.6v2.3a2 2 0 0 0 2 2h11.6a2 2 0 0 0 2-2v-2.3"/>',
  link: '<path d="M10.2 13.8a4 4 0 0 0 5.7 0l3.3-3.3a4 4 0 0 0-5.7-5.7l-1.2 1.2"/><path d="M13.8 10.2a4 4 0 0 0-5.7 0l-3.3 3.3a4 4 0 0 0 5.7 5.7l1.2-1.2"/>',
  compare: '<rect x="4" y="4.8" width="16" height="14.4" rx="2"/><path d="M12 4.8v14.4"/>',
  table: '<rect x="4" y="5" width="16" height="14" rx="2"/><path d="M4 10h16M10 10v9"/>',
  flag: '<path d="M6 20.5V4.3h11.5l-2.3 4 2.3 4H6"/>',
  layers: '<path d="m12 3.8 8.5 4.4L12 12.6 3.5 8.2z"/><path d="m3.5 12.2 8.5 4.4 8.5-4.4M3.5 16.2l8.5 4.4 8.5-4.4"/>',
  pin: '<path d="M12 20.7c3.7-4.2 6-7.2 6-10.5a6 6 0 0 0-12 0c0 3.3 2.3 6.3 6 10.5z"/><circle cx="12" cy="10.2" r="2.2"/>',
  history: '<path d="M4.2 5v4.2h4.2"/><path d="M4.7 9.2A8.2 8.2 0 1 1 3.9 13"/><path d="M12 8v4.4l2.8 1.7"/>',
  refresh: '<path d="M19.5 5v4.2h-4.2"/><path d="M19 9.2a7.8 7.8 0 1 0 .8 4.3"/>',
  pen: '<path d="m4.5 19.5 1-4.2L15.7 5.1a1.8 1.8 0 0 1 2.6 0l.6.6a1.8 1.8 0 0 1 0 2.6L8.7 18.5z"/><path d="m13.8 7 3.2 3.2"/>',
  milestone: '<path d="m12 4 8 8-8 8-8-8z"/>',
  risk: '<path d="M12 4.3 21 19.6H3z"/><path d="M12 10v4.3M12 16.9v.02"/>',
  issue: '<path d="M8.2 3.8h7.6l4.4 4.4v7.6l-4.4 4.4H8.2l-4.4-4.4V8.2z"/><path d="M12 8v4.6M12 15.8v.02"/>',
  decision: '<circle cx="12" cy="12" r="8.8"/><path d="m8.2 12.3 2.7 2.6 5-5.5"/>',
  sun: '<circle cx="12" cy="12" r="3.9"/><path d="M12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6 7 7M17 17l1.4 1.4M18.4 5.6 17 7M7 17l-1.4 1.4"/>',
  moon: '<path d="M19.8 14.6A8.3 8.3 0 0 1 9.4 4.2a8.3 8.3 0 1 0 10.4 10.4z"/>',
  leave: '<path d="M10 4.5H6.5a2 2 0 0 0-2 2v11a2 2 0 0 0 2 2H10"/><path d="M10.5 12h9M16 8.3l3.7 3.7-3.7 3.7"/>',
  offline: '<path d="M4 4l16 16"/><path d="M3.5 10.2A13 13 0 0 1 8 7.5M12 6.5c3.3 0 6.3 1.3 8.5 3.7M6.8 13.7a8 8 0 0 1 3.5-2M16.5 13a8 8 0 0 1 .8.7M12 18.3v.02"/>',
};

const strokeSymbol = (name, paths) =>
  `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.85" stroke-linecap="round" stroke-linejoin="round">${paths}</symbol>`;

const discs = {
  'turn-mine': '<circle cx="8" cy="8" r="6.7" fill="none" stroke="currentColor" stroke-width="1.6"/><path d="M8 1.3a6.7 6.7 0 0 0 0 13.4z" fill="currentColor"/>',
  'turn-other': '<circle cx="8" cy="8" r="6.7" fill="none" stroke="currentColor" stroke-width="1.6"/><path d="M8 1.3a6.7 6.7 0 0 1 0 13.4z" fill="currentColor"/>',
  'turn-third': '<circle cx="8" cy="8" r="6.7" fill="none" stroke="currentColor" stroke-width="1.6" stroke-dasharray="2.4 1.81"/>',
  'turn-done': '<circle cx="8" cy="8" r="7.5" fill="currentColor"/><path d="m4.9 8.3 2.2 2.1 4-4.3" fill="none" stroke="var(--tick,#fff)" stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round"/>',
};

export function spriteSource() {
  const strokes = Object.entries({ ...verbs, ...audience, ...places, ...things }).map(([name, paths]) => strokeSymbol(name, paths));
  const turns = Object.entries(discs).map(([name, paths]) => `<symbol id="${name}" viewBox="0 0 16 16">${paths}</symbol>`);
  return `<svg xmlns="http://www.w3.org/2000/svg">${[...strokes, ...turns].join('')}</svg>\n`;
}

