export default {
  samtal: {
    input: "openapi.json",
    output: { target: "orval/zod.ts", client: "zod", mode: "single" },
  },
};
