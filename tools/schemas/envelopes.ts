// The two types that tests/schemas/ describes: what Alexa sends and what the skill answers.
export type { RequestEnvelope, ResponseEnvelope } from "ask-sdk-model";
