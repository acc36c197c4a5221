// Names on the drawn graph: the larger things first, each beside its thing where there is room, none over another.

import type Sigma from "sigma";
import type { Settings } from "sigma/settings";
import type { NodeDisplayData, PartialButFor } from "sigma/types";

type Labelled = PartialButFor<NodeDisplayData, "x" | "y" | "size" | "label" | "color">;
interface Box { left: number; top: number; right: number; bottom: number }

const GAP = 3;
/** Names of one picture at most, so that a frame stays short. */
const MOST = 120;

const meet = (a: Box, b: Box): boolean => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** Gathers the names of a frame, and writes them when all are known. */
export class Labels {
  private waiting: Labelled[] = [];
  private context: CanvasRenderingContext2D | null = null;
  private settings: Settings | null = null;
  private readonly widths = new Map<string, number>();

  /** `kept` at the top right stays free, in pixels. */
  constructor(private readonly kept: { width: number; height: number }) {}

  /** What sigma calls for each name. */
  readonly take = (context: CanvasRenderingContext2D, data: Labelled, settings: Settings): void => {
    [this.context, this.settings] = [context, settings];
    // What is highlighted has its name in a box.
    if (data.label && !(data as { highlighted?: boolean }).highlighted) this.waiting.push(data);
  };

  /** Binds this to a drawing. */
  on(sigma: Sigma): void {
    sigma.on("beforeRender", () => { this.waiting = []; });
    sigma.on("afterRender", () => this.write(sigma.getDimensions()));
  }

  private write({ width, height }: { width: number; height: number }): void {
    const { context, settings, waiting } = this;
    if (!context || !settings || waiting.length === 0) return;
    const size = settings.labelSize;
    context.font = `${settings.labelWeight} ${size}px ${settings.labelFont}`;
    context.lineJoin = "round";
    context.lineWidth = 3;
    context.strokeStyle = "rgba(252, 253, 254, 0.9)";
    waiting.sort((a, b) => Number(b.forceLabel ?? false) - Number(a.forceLabel ?? false) || b.size - a.size);
    const taken: Box[] = waiting.slice(0, MOST).map((it) => ({ left: it.x - it.size, right: it.x + it.size, top: it.y - it.size, bottom: it.y + it.size }));
    taken.push({ left: width - this.kept.width, top: 0, right: width, bottom: this.kept.height });
    const within: Box = { left: 0, top: 0, right: width, bottom: height };
    waiting.slice(0, MOST).forEach((it, own) => {
      const text = it.label as string;
      const long = this.width(context, text);
      const box = places(it, long, size).find((box) => inside(box, within) && !taken.some((other, at) => at !== own && meet(box, other)));
      if (!box) return;
      taken.push(box);
      context.strokeText(text, box.left, box.bottom - size * 0.2);
      context.fillStyle = settings.labelColor.color ?? "#1c2b36";
      context.fillText(text, box.left, box.bottom - size * 0.2);
    });
    this.waiting = [];
  }

  private width(context: CanvasRenderingContext2D, text: string): number {
    const known = this.widths.get(text);
    if (known !== undefined) return known;
    const measured = context.measureText(text).width;
    this.widths.set(text, measured);
    return measured;
  }
}

const inside = (box: Box, whole: Box): boolean => box.left >= whole.left && box.top >= whole.top && box.right <= whole.right && box.bottom <= whole.bottom;

/** Where a name may stand: right, left, below, above. */
function places({ x, y, size }: Labelled, width: number, height: number): Box[] {
  const at = (left: number, top: number): Box => ({ left, top, right: left + width, bottom: top + height });
  const middle = y - height / 2;
  return [at(x + size + GAP, middle), at(x - size - GAP - width, middle), at(x - width / 2, y + size + GAP), at(x - width / 2, y - size - GAP - height)];
}

/** The thing under the pointer, or the one that is chosen, with its whole name in a box that stays in the picture. */
export function hover(context: CanvasRenderingContext2D, data: Labelled, settings: Settings): void {
  const size = settings.labelSize;
  context.font = `${settings.labelWeight} ${size}px ${settings.labelFont}`;
  const text = ((data as { whole?: string }).whole ?? data.label) as string | null;
  context.shadowColor = "rgba(0, 0, 0, 0.35)";
  context.shadowBlur = 6;
  context.fillStyle = "#fff";
  context.beginPath();
  context.arc(data.x, data.y, data.size + GAP, 0, Math.PI * 2);
  context.fill();
  if (text) {
    const width = context.measureText(text).width;
    const room = context.canvas.clientWidth;
    const right = data.x + data.size + 2 * GAP;
    const left = right + width + 8 <= room ? right : Math.max(data.x - data.size - 2 * GAP - width - 8, 2);
    const over = left === 2 && right + width + 8 > room;
    const top = data.y - size / 2 - 5 + (over ? data.size + size + GAP : 0);
    context.beginPath();
    context.roundRect(left, top, width + 8, size + 10, 4);
    context.fill();
    context.shadowBlur = 0;
    context.fillStyle = "#1c2b36";
    context.fillText(text, left + 4, top + size + 3);
  }
  context.shadowBlur = 0;
}
