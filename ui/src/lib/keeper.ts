// Keeps on the server what is being written: some seconds after the last change, one request at a time for each form,
// and gone there when the form was sent. Knows neither pages nor the network.

/** Where drafts are kept; both may fail. */
export interface Remote {
  put: (key: string, body: string) => Promise<void>;
  drop: (key: string) => Promise<void>;
}
/** How it stands with the draft of a form; `at` is when the server last had it. */
export interface Standing {
  state: 'waiting' | 'kept' | 'failed';
  at: number | null;
}
/** What the keeper asks of a clock. */
export interface Clock {
  now: () => number;
  after: (ms: number, what: () => void) => unknown;
  cancel: (timer: unknown) => void;
}

/** Typing rarely stops for so long within a sentence. */
export const QUIET_MS = 3_000;
/** A server that comes back finds what was written meanwhile. */
export const RETRY_MS = 30_000;

interface Slot {
  key: string;
  body: string;
  timer: unknown;
  /** The server has, or may have, something under the key. */
  is_remote: boolean;
  standing: Standing;
}

export class Keeper {
  readonly #slots = new Map<string, Slot>();
  /** What is under way for a key: the next waits for it. */
  readonly #running = new Map<string, Promise<void>>();
  readonly #remote: Remote;
  readonly #clock: Clock;
  readonly #new_key: (form: string) => string;
  readonly #tell: () => void;

  constructor(remote: Remote, clock: Clock, new_key: (form: string) => string, tell: () => void) {
    this.#remote = remote;
    this.#clock = clock;
    this.#new_key = new_key;
    this.#tell = tell;
  }

  /** The form's text is now this. */
  keep(form: string, body: string): void {
    const slot = this.#slots.get(form) ?? this.#begin(form, this.#new_key(form), false);
    if (slot.body === body && slot.standing.state === 'kept') return;
    slot.body = body;
    this.#wait(form, slot, QUIET_MS);
    this.#say(slot, { state: slot.standing.state === 'failed' ? 'failed' : 'waiting', at: slot.standing.at });
  }

  /** The form goes on with a draft that the server has. */
  adopt(form: string, key: string, body: string, at: number): void {
    const slot = this.#begin(form, key, true);
    slot.body = body;
    this.#say(slot, { state: 'kept', at });
  }

  /** The form was sent, or given up. */
  drop(form: string): void {
    const slot = this.#slots.get(form);
    if (!slot) return;
    this.#clock.cancel(slot.timer);
    this.#slots.delete(form);
    if (slot.is_remote) void this.#in_turn(slot.key, () => this.#remote.drop(slot.key)).catch(() => undefined);
    this.#tell();
  }

  standing(form: string): Standing | null {
    return this.#slots.get(form)?.standing ?? null;
  }
  owns(key: string): boolean {
    return [...this.#slots.values()].some(slot => slot.key === key);
  }
  has_unkept(): boolean {
    return [...this.#slots.values()].some(slot => slot.standing.state !== 'kept');
  }

  /** Sends at once what waits. */
  async flush(): Promise<void> {
    await Promise.all([...this.#slots].filter(([, slot]) => slot.standing.state !== 'kept')
      .map(([form, slot]) => this.#send(form, slot)));
  }

  /** Somebody else logs in: nothing more is sent, and what the server has stays there. */
  forget_all(): void {
    for (const slot of this.#slots.values()) this.#clock.cancel(slot.timer);
    this.#slots.clear();
    this.#tell();
  }

  #begin(form: string, key: string, is_remote: boolean): Slot {
    const slot: Slot = { key, body: '', timer: undefined, is_remote, standing: { state: 'waiting', at: null } };
    this.#slots.set(form, slot);
    return slot;
  }

  #wait(form: string, slot: Slot, ms: number): void {
    this.#clock.cancel(slot.timer);
    slot.timer = this.#clock.after(ms, () => { void this.#send(form, slot); });
  }

  #say(slot: Slot, standing: Standing): void {
    const { state, at } = slot.standing;
    slot.standing = standing;
    if (state !== standing.state || at !== standing.at) this.#tell();
  }

  async #in_turn(key: string, work: () => Promise<void>): Promise<void> {
    const before = this.#running.get(key) ?? Promise.resolve();
    const mine = before.catch(() => undefined).then(work);
    this.#running.set(key, mine);
    try {
      await mine;
    } finally {
      if (this.#running.get(key) === mine) this.#running.delete(key);
    }
  }

  async #send(form: string, slot: Slot): Promise<void> {
    this.#clock.cancel(slot.timer);
    const is_there = () => this.#slots.get(form) === slot;
    let sent = slot.body;
    try {
      await this.#in_turn(slot.key, async () => {
        if (!is_there()) return;
        sent = slot.body;
        slot.is_remote = true;
        await this.#remote.put(slot.key, sent);
      });
      if (is_there() && slot.body === sent) this.#say(slot, { state: 'kept', at: this.#clock.now() });
    } catch {
      if (!is_there()) return;
      this.#say(slot, { state: 'failed', at: slot.standing.at });
      this.#wait(form, slot, RETRY_MS);
    }
  }
}
