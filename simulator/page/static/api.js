// The page's own server. Every failure becomes an Error with a Dutch sentence.

async function ask(method, path, body) {
  let response;
  try {
    response = await fetch(path, {
      method,
      headers: body === undefined ? {} : { "Content-Type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch {
    throw new Error("De proefpagina draait niet meer. Start haar opnieuw met: make run");
  }
  const isJson = (response.headers.get("Content-Type") || "").includes("json");
  const answer = isJson ? await response.json() : await response.text();
  if (!response.ok) {
    const error = new Error((isJson && answer.error) || `De proefpagina antwoordt met ${response.status}.`);
    error.gone = Boolean(isJson && answer.gone);
    throw error;
  }
  return answer;
}

export const about = () => ask("GET", "/api/about");
export const news = () => ask("GET", "/api/news");
export const open = () => ask("POST", "/api/conversations", {});
export const turn = (id, kind, value, settings) => ask("POST", `/api/conversations/${id}/turns`, { kind, value, ...settings });
export const undo = (id) => ask("POST", `/api/conversations/${id}/undo`, {});
export const restart = (id) => ask("POST", `/api/conversations/${id}/restart`, {});
export const dialogue = (id, name) => ask("POST", `/api/conversations/${id}/dialogue`, { name });
export const replay = (text) => ask("POST", "/api/replay", { text });
