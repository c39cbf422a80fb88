import { openai } from "@ai-sdk/openai";
import { generateText } from "ai";
import { VOICE, body, subjectLines } from "./prompts";

export async function campaign(audience: string, products: string) {
  const subjects = await generateText({
    model: openai("gpt-4o"),
    system: VOICE,
    prompt: subjectLines(audience),
    maxOutputTokens: 200,
  });
  const mail = await generateText({
    model: openai("gpt-4o"),
    system: VOICE,
    prompt: body(audience, products),
  });
  return { subjects: subjects.text, mail: mail.text };
}
