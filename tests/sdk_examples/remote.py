"""Prompts that are kept elsewhere: a file that fetches one, and the line, column and name that it is listed with."""

from __future__ import annotations

EXAMPLES: dict[str, tuple[str, str, tuple[int, int, str]]] = {
    "langchain hub": (
        "a.py",
        'from langchain import hub\n\nprompt = hub.pull("rlm/rag-prompt")\n',
        (3, 10, "langchain-hub.pull rlm/rag-prompt"),
    ),
    "langchain hub, JavaScript": (
        "a.ts",
        'import { pull } from "langchain/hub";\nconst prompt = await pull("rlm/rag-prompt");\n',
        (2, 22, "langchain-hub.pull rlm/rag-prompt"),
    ),
    "langsmith": (
        "a.py",
        'from langsmith import Client\nclient = Client()\nprompt = client.pull_prompt("jokes:3f")\n',
        (3, 10, "langchain-hub.pull_prompt jokes:3f"),
    ),
    "langfuse": (
        "a.py",
        'from langfuse import get_client\nlangfuse = get_client()\nprompt = langfuse.get_prompt("critic", type="chat")\n',
        (3, 10, "langfuse.get_prompt critic"),
    ),
    "langfuse, JavaScript": (
        "a.ts",
        'import { Langfuse } from "langfuse";\nconst langfuse = new Langfuse();\n'
        'const prompt = await langfuse.getPrompt("critic");\n',
        (3, 22, "langfuse.getPrompt critic"),
    ),
    "mlflow": (
        "a.py",
        'import mlflow\nprompt = mlflow.genai.load_prompt("prompts:/summary/2")\n',
        (2, 10, "mlflow.genai.load_prompt prompts:/summary/2"),
    ),
    "braintrust": (
        "a.py",
        'import braintrust\nprompt = braintrust.load_prompt("maps", slug="describe")\n',
        (2, 10, "braintrust.load_prompt describe"),
    ),
    "openai": (
        "a.py",
        "from openai import OpenAI\nclient = OpenAI()\n"
        'client.responses.create(model="gpt-5", prompt={"id": "pmpt_12", "version": "2"})\n',
        (3, 1, "openai.responses.create pmpt_12"),
    ),
    "a name that is not known": (
        "a.py",
        "from langchain import hub\n\ndef load(name):\n    return hub.pull(name)\n",
        (4, 12, "langchain-hub.pull"),
    ),
}
