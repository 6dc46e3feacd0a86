import type { PageHits } from "./api";
import { service } from "./http";

export interface HitPosition {
  page: number;
  /** of the box on its page */
  box: number;
}

/**
 * Where a query's words stand in one document, asked page by page: at once for short documents, else for the
 * pages somebody looks at or jumps to.
 */
export class DocumentHits {
  private static readonly askAllUpTo = 40;
  private static readonly atOnce = 3;
  private readonly known = new Map<number, PageHits>();
  private readonly asked = new Map<number, Promise<PageHits>>();

  constructor(
    private readonly document: string,
    private readonly q: string,
    private readonly pages: number,
    private readonly changed: () => void,
  ) {}

  on(page: number): PageHits | undefined {
    return this.known.get(page);
  }

  count(page: number): number {
    return this.known.get(page)?.boxes.length ?? 0;
  }

  get complete(): boolean {
    return this.known.size === this.pages;
  }

  get total(): number {
    return [...this.known.values()].reduce((sum, { boxes }) => sum + boxes.length, 0);
  }

  /** Which hit of the whole document a position is, from 1. */
  ordinal(position: HitPosition): number {
    let before = 0;
    for (const [page, { boxes }] of this.known) if (page < position.page) before += boxes.length;
    return before + position.box + 1;
  }

  ask(page: number): Promise<PageHits> {
    let answer = this.asked.get(page);
    if (!answer) {
      answer = service.hits(this.document, page, this.q).then(
        (hits) => {
          this.known.set(page, hits);
          this.changed();
          return hits;
        },
        (problem: unknown) => {
          this.asked.delete(page);
          throw problem;
        },
      );
      this.asked.set(page, answer);
    }
    return answer;
  }

  async askAll(): Promise<void> {
    if (this.pages > DocumentHits.askAllUpTo) return;
    const waiting = Array.from({ length: this.pages }, (_nothing, at) => at + 1);
    const take = async () => {
      for (let page = waiting.shift(); page !== undefined; page = waiting.shift()) await this.ask(page);
    };
    await Promise.all(Array.from({ length: DocumentHits.atOnce }, take));
  }

  /** The hit after (step 1) or before (step -1) a position, going round the end; nothing when there is none. */
  async next(from: HitPosition, step: 1 | -1): Promise<HitPosition | undefined> {
    const here = await this.ask(from.page);
    const box = from.box + step;
    if (box >= 0 && box < here.boxes.length) return { page: from.page, box };
    for (let far = 1; far <= this.pages; far += 1) {
      const page = ((((from.page - 1 + step * far) % this.pages) + this.pages) % this.pages) + 1;
      const { boxes } = await this.ask(page);
      if (boxes.length > 0) return { page, box: step === 1 ? 0 : boxes.length - 1 };
    }
    return undefined;
  }
}
