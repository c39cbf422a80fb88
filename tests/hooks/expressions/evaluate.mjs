// Evaluates what stands in ${{ }} with GitHub's own library: {"context", "failed", "templates"} in, a list of texts out.
import { readFileSync } from "node:fs";
import { Evaluator, Lexer, Parser, data } from "@actions/expressions";

const { context, failed, templates } = JSON.parse(readFileSync(0, "utf8"));
const EXPRESSION = /\$\{\{((?:'(?:[^']|'')*'|[^'])*?)\}\}/g;

// The functions that tell how the steps before went; the library leaves them to the runner.
const status = (name, value) => [name, { name, minArgs: 0, maxArgs: 0, call: () => new data.BooleanData(value) }];
const functions = new Map([
  status("success", !failed),
  status("failure", failed),
  status("always", true),
  status("cancelled", false),
]);

const contexts = JSON.parse(JSON.stringify(context), data.reviver);

function evaluated(expression) {
  const { tokens } = new Lexer(expression).lex();
  const parsed = new Parser(tokens, Object.keys(context), [...functions.values()]).parse();
  return new Evaluator(parsed, contexts, functions).evaluate().coerceString();
}

const texts = templates.map((template) => template.replace(EXPRESSION, (_, inside) => evaluated(inside)));
process.stdout.write(JSON.stringify(texts));
