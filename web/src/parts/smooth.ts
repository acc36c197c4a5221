// A drawing that moves at once wherever WebGL is slow: while the view moves, the last picture is moved and scaled as a
// whole, and drawn anew when it rests.

import Sigma from "sigma";
import type { CameraState } from "sigma/types";

/** Milliseconds that drawing may take for 30 pictures a second with room to spare. */
const QUICK = 24;
/** Milliseconds of rest after which the picture is drawn anew. */
const REST = 300;
/** The layers that show the picture; of the others, one takes the pointer's events and the rest are empty while it moves. */
const PICTURE = ["edges", "nodes", "labels"];
const PASSING = ["edgeLabels", "hovers", "hoverNodes"];

export class Smooth extends Sigma {
  private slow = false;
  private drawn: CameraState | null = null;
  private timer = 0;

  /** Measures how long drawing takes, and moves the picture as a whole if that is too long. */
  measure(): void {
    this.on("afterRender", () => this.settled());
    this.drawNow();
    const begin = performance.now();
    this.drawNow();
    this.slow = performance.now() - begin > QUICK;
    // Which node the wheel turned over is asked of the graphics processor, which takes long, and nobody wants to know.
    if (this.slow) this.getMouseCaptor().removeAllListeners("wheel");
  }

  /** What sigma calls when the view has moved. */
  override scheduleRender(): this {
    const now = this.getCamera().getState();
    const from = this.drawn;
    const moved = from && (from.x !== now.x || from.y !== now.y || from.ratio !== now.ratio);
    if (!this.slow || !moved || from.angle !== now.angle) return super.scheduleRender();
    this.carry(from, now);
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => super.scheduleRender(), REST);
    return this;
  }

  override kill(): void {
    clearTimeout(this.timer);
    super.kill();
  }

  private settled(): void {
    clearTimeout(this.timer);
    this.drawn = this.getCamera().getState();
    this.layers(PICTURE).forEach((layer) => { layer.style.transform = ""; });
    this.layers(PASSING).forEach((layer) => { layer.style.visibility = ""; });
  }

  private carry(from: CameraState, now: CameraState): void {
    const at = (x: number, y: number, cameraState: CameraState) => this.framedGraphToViewport({ x, y }, { cameraState });
    const [old, oldOther] = [at(0, 0, from), at(1, 0, from)];
    const [next, nextOther] = [at(0, 0, now), at(1, 0, now)];
    const scale = (nextOther.x - next.x) / (oldOther.x - old.x);
    const [right, down] = [next.x - old.x * scale, next.y - old.y * scale];
    this.layers(PASSING).forEach((layer) => { layer.style.visibility = "hidden"; });
    this.layers(PICTURE).forEach((layer) => {
      layer.style.transformOrigin = "0 0";
      layer.style.transform = `translate(${right}px, ${down}px) scale(${scale})`;
    });
  }

  private layers(names: string[]): HTMLCanvasElement[] {
    const canvases = this.getCanvases();
    return names.flatMap((name) => canvases[name] ?? []);
  }

  /** Draws, and waits until it is drawn: reading a pixel asks for that. */
  private drawNow(): void {
    this.refresh({ partialGraph: { nodes: [], edges: [] }, skipIndexation: true, schedule: false });
    const canvases = this.getCanvases();
    for (const name of ["edges", "nodes"]) {
      const context = canvases[name]?.getContext("webgl2");
      context?.readPixels(0, 0, 1, 1, context.RGBA, context.UNSIGNED_BYTE, new Uint8Array(4));
    }
  }
}
