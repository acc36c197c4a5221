// The server's JSON, with the shapes that the page uses.

import { lang } from "./words";

export interface Thing { id: string; kind: string; label: string }
export interface Evidence {
  document: string; begin: number; end: number; quote: string; marks: [number, number][];
  title: string | null; published: string | null; fact: string | null;
  confidence: string | null; extractor: string | null; rule: string | null;
}
export interface Proof { total: number; shown: Evidence[] }
export interface Sum { text: string; value: string | null; max: string | null; currency: string | null; qualifier: string | null }
export type Value =
  | ({ type: "thing" } & Thing)
  | ({ type: "sum" } & Sum)
  | { type: "stage"; stage: string }
  | { type: "node"; id: string; label: string }
  | { type: "text"; text: string };
export interface Fact { property: string; value: Value; evidence: Proof }
export interface Listed<T> { total: number; shown: T[] }
export interface Figure {
  id: string; subject: Thing | null; indicator: string; period: string | null; value: string | null; max: string | null;
  unit: string | null; qualifier: string | null; growth: string | null; target: boolean; evidence: Proof;
}
export interface Entity {
  iri: string; id: string; kind: string; label: string; aliases: string[]; facts: Listed<Fact>; incoming: Listed<Fact>;
  figures: Listed<Figure>; sentences: Proof; documents: string[];
}
export interface Hit extends Thing { aliases: string[]; matched: string; score: number }
export interface Quote { document: string; quote: string; begin: number; end: number; title: string | null; published: string | null }
export interface Reply {
  question: string; sparql: string; sentence: string; suggestions: string[]; unknown: string[];
  answers: { label: string; iri: string | null; value?: number; unit?: string; aliases: string[]; evidence: Quote[] }[];
}
export interface Dot { iri: string; label: string; kind: string; x: number; y: number; degree: number; community: number }
export interface Picture {
  nodes: Dot[]; edges: { from: number; to: number; predicate: string; documents: number }[];
  nodes_total: number; edges_total: number; nodes_shown: number; edges_shown: number; focus: number | null;
}
export interface Project {
  id: string; label: string; stage: string | null; stages: string[]; sum: Sum | null; places: Thing[]; industries: Thing[];
  investors: Thing[]; documents: number;
}
export interface Ledger {
  total: number; found: number; offset: number; shown: number; projects: Project[];
  facets: Record<"stage" | "park" | "industry" | "investor", [string, number][]>;
}
export interface Series { subject: Thing | null; indicator: string; unit: string | null; count: number; periods: number }
export interface Article { key: string; title: string | null; published: string | null; characters: number }
export interface Stats { documents: number; things: Record<string, number>; observations: number; stages: Record<string, number> }

/** What the server said was wrong, in the language of the page. */
export class Refused extends Error {}

/** The server is still making ready what the request needs. */
class Preparing extends Refused {}

async function answer(response: Response): Promise<any> {
  const body = await response.json().catch(() => null);
  if (response.ok) return body;
  throw new (body?.error?.preparing ? Preparing : Refused)(body?.error?.[lang] ?? `HTTP ${response.status}`);
}

/** Most times that a request is sent again while the server prepares. */
const AGAIN = 20;

const pause = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

/** Asks the server; parameters that are empty are left out. */
export async function get<T>(path: string, params: Record<string, unknown> = {}, signal?: AbortSignal): Promise<T> {
  const given = Object.entries(params).filter(([, value]) => value !== undefined && value !== null && value !== "");
  const query = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  for (let round = 0; ; round++) {
    try {
      return await answer(await fetch(query ? `${path}?${query}` : path, { signal, headers: { accept: "application/json" } }));
    } catch (error) {
      if (!(error instanceof Preparing) || round >= AGAIN || signal?.aborted) throw error;
      await pause(1000);
    }
  }
}

export interface Uploaded {
  key: string; documents: number; changed: boolean; things: number; facts: number;
  refused: { document: string; zh: string; en: string }[];
}

/** Sends a file. */
export async function upload(file: File, token: string): Promise<Uploaded> {
  const path = `/api/v1/documents?name=${encodeURIComponent(file.name)}`;
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/octet-stream" };
  return answer(await fetch(path, { method: "POST", headers, body: file }));
}

/** An identity as part of an address: each of its parts escaped. */
export const inPath = (id: string): string => id.split("/").map(encodeURIComponent).join("/");
