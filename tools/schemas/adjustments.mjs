// Where Amazon's published shapes differ from what Alexa really sends and takes. Each entry says why; an entry whose
// target is gone, or already as wanted, stops the generation, so that a newer package cannot leave a stale one behind.

const LOCALE = "^[a-z]{2}-[A-Z]{2}$";
const MODEL = "v1.skill.interactionModel.";
const MANIFEST = "v1.skill.Manifest.";

const optional = (definition, field, why) => ({
  definition,
  change: `"${field}" may be missing`,
  why,
  apply(target) {
    if (!target.required?.includes(field)) throw new Error("is not required");
    target.required = target.required.filter((name) => name !== field);
    if (target.required.length === 0) delete target.required;
  },
});

const required = (definition, field, why) => ({
  definition,
  change: `"${field}" must be there`,
  why,
  apply(target) {
    if (target.required?.includes(field)) throw new Error("is required already");
    if (!target.properties[field]) throw new Error("has no such property");
    target.required = [...(target.required ?? []), field];
  },
});

const known = (definition, field, schema, why) => ({
  definition,
  change: `"${field}" is allowed`,
  why,
  apply(target) {
    if (target.properties[field]) throw new Error("has that property already");
    target.properties[field] = schema;
  },
});

const open = (definition, why) => ({
  definition,
  change: "further names with an object are allowed",
  why,
  apply(target) {
    if (target.additionalProperties !== false) throw new Error("is open already");
    target.additionalProperties = { type: "object" };
  },
});

const localeKeys = (definition, field) => ({
  definition,
  change: `the keys of "${field}" are locales (${LOCALE})`,
  why: "the specification takes any key there, so xx_YY would pass",
  apply(target) {
    if (target.properties[field].propertyNames) throw new Error("has a rule for its keys already");
    target.properties[field].propertyNames = { pattern: LOCALE };
  },
});

const anyString = (definition, why) => ({
  definition,
  change: "any text instead of a fixed list",
  why,
  apply(target) {
    if (!target.enum) throw new Error("is no list");
    delete target.enum;
  },
});

export const ADJUSTMENTS = {
  request: [
    optional("IntentRequest", "dialogState", "only sent for intents with a dialog model"),
    optional("slu.entityresolution.Resolution", "values", "absent with ER_SUCCESS_NO_MATCH"),
    optional("slu.entityresolution.Value", "id", "a slot value may have been defined without an id"),
    known("Slot", "source", { type: "string" }, "sent with every slot (USER), unknown to the package"),
    known("LaunchRequest", "shouldLinkResultBeReturned", { type: "boolean" }, "sent with every launch, unknown to the package"),
    open("Context", "each interface of a device adds a state of its own, and new ones appear without notice"),
    open("SupportedInterfaces", "lists what a device can do; new interfaces appear without notice"),
  ],
  response: [],
  interaction_model: [
    optional(`${MODEL}TypeValueObject`, "synonyms", "a slot value without synonyms is accepted; an empty list stays an error"),
    required(`${MODEL}SlotDefinition`, "type", "a slot without a type does not build"),
  ],
  skill_manifest: [
    required(`${MANIFEST}SkillManifestEnvelope`, "manifest", "a file without it is no manifest"),
    required(`${MANIFEST}SkillManifest`, "manifestVersion", "Amazon refuses a manifest without it"),
    localeKeys(`${MANIFEST}SkillManifestPublishingInformation`, "locales"),
    localeKeys(`${MANIFEST}SkillManifestPrivacyAndCompliance`, "locales"),
    anyString(`${MANIFEST}PermissionName`, "the list writes alexa:devices where the documentation writes alexa::devices"),
  ],
};

export function adjust(schema, adjustments) {
  for (const { definition, change, apply } of adjustments) {
    const target = schema.definitions[definition];
    if (!target) throw new Error(`adjustment "${change}": there is no ${definition}`);
    try {
      apply(target);
    } catch (error) {
      throw new Error(`adjustment "${change}" of ${definition}: ${error.message}`);
    }
  }
  return schema;
}
