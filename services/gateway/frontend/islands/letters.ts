// Messages that were written and not yet answered for, per composer, in their order. For this tab only.
import type { Store } from './draft.ts';

export interface Letter {
  key: string;
  text: string;
}

const PREFIX = 'outbox:';

export class Outbox {
  constructor(private readonly store: Store, private readonly name: string) {}

  all(): Letter[] {
    try {
      return JSON.parse(this.store.getItem(PREFIX + this.name) ?? '[]') as Letter[];
    } catch {
      return [];
    }
  }

  first(): Letter | undefined {
    return this.all()[0];
  }

  add(letter: Letter): void {
    this.keep([...this.all(), letter]);
  }

  remove(key: string): void {
    this.keep(this.all().filter((one) => one.key !== key));
  }

  private keep(letters: Letter[]): void {
    if (letters.length) this.store.setItem(PREFIX + this.name, JSON.stringify(letters));
    else this.store.removeItem(PREFIX + this.name);
  }
}
