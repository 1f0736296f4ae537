// APL's data-binding, as much of it as the skill's document uses: paths, texts, numbers, comparison, && || !, and a ? b : c.

const TOKEN = /\s*(?:(\d+(?:\.\d+)?)|'([^']*)'|([A-Za-z_][\w.]*)|(==|!=|<=|>=|&&|\|\||[<>!?:()]))/y;

/** A text with every `${...}` filled in; a text that is one expression gives its value. */
export function fill(text, scope) {
  const whole = /^\$\{([^}]*)\}$/.exec(text);
  if (whole) return parse(whole[1], scope);
  return text.replace(/\$\{([^}]*)\}/g, (_, expression) => String(parse(expression, scope) ?? ""));
}

/** Whether a `when` holds. */
export const evaluate = (when, scope) => Boolean(typeof when === "string" ? fill(when, scope) : when);

function tokens(expression) {
  const found = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < expression.trimEnd().length) {
    const match = TOKEN.exec(expression);
    if (!match) throw new Error(`APL: kan ${expression} niet lezen`);
    const [, number, text, name, sign] = match;
    found.push(number !== undefined ? { value: Number(number) } : text !== undefined ? { value: text } : name !== undefined ? { name } : { sign });
  }
  return found;
}

const COMPARE = {
  "==": (a, b) => a === b, "!=": (a, b) => a !== b, "<": (a, b) => a < b, ">": (a, b) => a > b, "<=": (a, b) => a <= b, ">=": (a, b) => a >= b,
};

function parse(expression, scope) {
  const rest = tokens(expression);
  const next = (...signs) => (rest.length && signs.includes(rest[0].sign) ? rest.shift().sign : null);

  function atom() {
    if (next("!")) return !atom();
    if (next("(")) { const value = choice(); next(")"); return value; }
    const token = rest.shift();
    if (!token || token.sign) throw new Error(`APL: kan ${expression} niet lezen`);
    if (token.name === undefined) return token.value;
    if (token.name === "true" || token.name === "false") return token.name === "true";
    return token.name.split(".").reduce((value, part) => (value !== null && value !== undefined && Object.hasOwn(Object(value), part) ? value[part] : undefined), scope);
  }
  function compared() {
    const left = atom();
    const sign = next(...Object.keys(COMPARE));
    return sign ? COMPARE[sign](left, atom()) : left;
  }
  function both() { let value = compared(); while (next("&&")) { const right = compared(); value = value && right; } return value; }
  function either() { let value = both(); while (next("||")) { const right = both(); value = value || right; } return value; }
  function choice() {
    const condition = either();
    if (!next("?")) return condition;
    const yes = choice();
    next(":");
    const no = choice();
    return condition ? yes : no;
  }
  return choice();
}
