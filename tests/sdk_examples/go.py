"""Calls in Go, one or more for each SDK, as its own documentation writes them."""

from __future__ import annotations

from sdk_examples.example import BOTH, SYSTEM, Example, Sends

ASK_GO = 'fmt.Sprintf("Describe the map of %s in two sentences.", city)'
EXAMPLES: dict[str, Example] = {
    "go-openai": Example(
        "maps/a.go",
        f"""
        package maps

        import (
            "context"
            "fmt"

            openai "github.com/sashabaranov/go-openai"
        )

        func Ask(client *openai.Client, city string) (string, error) {{
            resp, err := client.CreateChatCompletion(context.Background(), openai.ChatCompletionRequest{{
                Model:     "gpt-4o-mini",
                MaxTokens: 300,
                Messages: []openai.ChatCompletionMessage{{
                    {{Role: openai.ChatMessageRoleSystem, Content: "{SYSTEM}"}},
                    {{Role: openai.ChatMessageRoleUser, Content: {ASK_GO}}},
                }},
            }})
            return resp.Choices[0].Message.Content, err
        }}
        """,
        Sends("go-openai", "CreateChatCompletion", BOTH, "gpt-4o-mini", 300),
    ),
    "openai-go chat": Example(
        "maps/a.go",
        f"""
        package maps

        import "github.com/openai/openai-go/v3"

        func Ask(ctx context.Context, city string) (string, error) {{
            client := openai.NewClient()
            completion, err := client.Chat.Completions.New(ctx, openai.ChatCompletionNewParams{{
                Messages: []openai.ChatCompletionMessageParamUnion{{
                    openai.SystemMessage("{SYSTEM}"),
                    openai.UserMessage({ASK_GO}),
                }},
                Model:               "gpt-5-mini",
                MaxCompletionTokens: openai.Int(300),
            }})
            return completion.Choices[0].Message.Content, err
        }}
        """,
        Sends("openai-go", "Chat.Completions.New", BOTH, "gpt-5-mini", 300),
    ),
    "openai-go responses": Example(
        "maps/a.go",
        f"""
        package maps

        import (
            "github.com/openai/openai-go/v3"
            "github.com/openai/openai-go/v3/responses"
        )

        func Ask(ctx context.Context, city string) error {{
            client := openai.NewClient()
            _, err := client.Responses.New(ctx, responses.ResponseNewParams{{
                Instructions:    openai.String("{SYSTEM}"),
                Input:           responses.ResponseNewParamsInputUnion{{OfString: openai.String({ASK_GO})}},
                Model:           "gpt-5",
                MaxOutputTokens: openai.Int(200),
            }})
            return err
        }}
        """,
        Sends("openai-go", "Responses.New", BOTH, "gpt-5", 200),
    ),
    "anthropic-go": Example(
        "maps/a.go",
        f"""
        package maps

        import "github.com/anthropics/anthropic-sdk-go"

        func Ask(ctx context.Context, city string) error {{
            client := anthropic.NewClient()
            _, err := client.Messages.New(ctx, anthropic.MessageNewParams{{
                Model:     "claude-sonnet-4-6",
                MaxTokens: 1024,
                System:    []anthropic.TextBlockParam{{{{Text: "{SYSTEM}"}}}},
                Messages: []anthropic.MessageParam{{
                    anthropic.NewUserMessage(anthropic.NewTextBlock({ASK_GO})),
                }},
            }})
            return err
        }}
        """,
        Sends("anthropic-go", "Messages.New", BOTH, "claude-sonnet-4-6", 1024),
    ),
    "langchaingo": Example(
        "maps/a.go",
        f"""
        package maps

        import (
            "github.com/tmc/langchaingo/llms"
            "github.com/tmc/langchaingo/llms/openai"
        )

        func Ask(ctx context.Context, city string) error {{
            llm, err := openai.New(openai.WithModel("gpt-4o"))
            _, err = llm.GenerateContent(ctx, []llms.MessageContent{{
                llms.TextParts(llms.ChatMessageTypeSystem, "{SYSTEM}"),
                llms.TextParts(llms.ChatMessageTypeHuman, {ASK_GO}),
            }}, llms.WithMaxTokens(99))
            return err
        }}
        """,
        Sends("langchaingo", "GenerateContent", BOTH, "gpt-4o", 99),
    ),
    "google genai in Go": Example(
        "maps/a.go",
        f"""
        package maps

        import "google.golang.org/genai"

        func Ask(ctx context.Context, city string) error {{
            client, err := genai.NewClient(ctx, nil)
            _, err = client.Models.GenerateContent(ctx, "gemini-2.5-flash", genai.Text({ASK_GO}),
                &genai.GenerateContentConfig{{
                    SystemInstruction: genai.NewContentFromText("{SYSTEM}", genai.RoleUser),
                    MaxOutputTokens:   400,
                }},
            )
            return err
        }}
        """,
        Sends("genai-go", "Models.GenerateContent", BOTH, "gemini-2.5-flash", 400),
    ),
}
