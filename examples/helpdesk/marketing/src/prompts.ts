import dedent from "dedent";

export const VOICE = dedent`
  You write the weekly mail of Northwind, a company that rents camping gear.
  The reader is outdoors more than at a desk: be brief, concrete and warm.
  Never invent a product, a price or a discount.
`;

export const subjectLines = (audience: string) => dedent`
  Write five subject lines for ${audience}.
  Each has at most 45 characters, no emoji and no question mark.
`;

export function body(audience: string, products: string): string {
  return [
    `Write the mail for ${audience}.`,
    "Begin with the weather that people will meet next weekend, in one sentence.",
    "Then present each product in two sentences: what it is for, and what it replaces in a backpack.",
    "Close with one line that invites a reply.",
    `Products:\n${products}`,
  ].join("\n");
}
