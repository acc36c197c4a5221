// Addresses within the page: `#/thing/project/…?a=b`.

export interface Route { view: string; rest: string; params: URLSearchParams }

const OURS = "https://w3id.org/parkgraph/id/";

export function current(): Route {
  const [path, query = ""] = location.hash.replace(/^#\/?/, "").split("?");
  const [view, ...rest] = path.split("/");
  return { view: view || "home", rest: rest.map(decodeURIComponent).join("/"), params: new URLSearchParams(query) };
}

export function address(view: string, rest = "", params: Record<string, unknown> = {}): string {
  const given = Object.entries(params).filter(([, value]) => value !== undefined && value !== null && value !== "");
  const query = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  const path = rest ? `/${rest.split("/").map(encodeURIComponent).join("/")}` : "";
  return `#/${view}${path}${query ? `?${query}` : ""}`;
}

/** The address of a thing's page, by its IRI or the part of it behind our namespace. */
export const thingAddress = (id: string): string => address("thing", id.replace(OURS, ""));

export function go(to: string): void {
  if (location.hash === to) dispatchEvent(new HashChangeEvent("hashchange"));
  else location.hash = to;
}
