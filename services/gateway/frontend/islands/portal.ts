// What a page's script does. Everything works without it; each island improves one thing that HTML cannot do.
import 'htmx.org';
import { fetchAgain } from './again.ts';
import { announceChanges } from './announce.ts';
import { showBusyButtons } from './busy.ts';
import { openStudios } from './brand-studio.ts';
import { editCells } from './cells.ts';
import { boxCodes } from './code.ts';
import { compareVersions } from './compare.ts';
import { offerCopies } from './copy.ts';
import { openDialogs } from './dialog.ts';
import { keepDrafts } from './draft.ts';
import { holdActsBack } from './held.ts';
import { goLive } from './live.ts';
import { lookAgainWhenShown, markWhatIsSeen } from './looking.ts';
import { listenForKeys } from './keys.ts';
import { sendWhatIsWritten } from './outbox.ts';
import { keepPlace, openAtUnread, stayAboveKeyboards } from './place.ts';
import { drawRows } from './row-drag.ts';
import { sendRows } from './row-form.ts';
import { moveByKeys } from './row-keys.ts';
import { keepWhatWasRefused } from './refusal.ts';
import { holdNewRows } from './rows.ts';
import { passToasts } from './toast.ts';
import { switchThemes } from './theme.ts';
import { countSelection } from './selection.ts';
import { readFiles } from './viewer.ts';
import { askBeforeLeaving, takeUploads } from './upload-form.ts';

/** Islands look at what is on the page now, and again at what a swap has brought. */
function enhance(root: ParentNode): void {
  boxCodes(root);
  keepDrafts(root);
  sendWhatIsWritten(root);
  takeUploads(root);
  openStudios(root);
  countSelection(root);
  passToasts(root);
  markWhatIsSeen(root);
  offerCopies(root);
}

enhance(document);
openDialogs();
showBusyButtons();
switchThemes();
listenForKeys();
moveByKeys();
drawRows();
sendRows();
editCells();
keepWhatWasRefused();
holdActsBack();
announceChanges();
keepPlace();
openAtUnread();
stayAboveKeyboards();
holdNewRows();
lookAgainWhenShown();
readFiles();
compareVersions();
fetchAgain();
askBeforeLeaving();
goLive();
document.addEventListener('htmx:after:swap', () => enhance(document));
const first = document.querySelector<HTMLElement>('[data-focus]');
first?.focus({ preventScroll: first.dataset['focus'] === 'still' });
