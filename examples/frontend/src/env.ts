// Where the content comes from, and where this site is.
export const CMS_URL = (process.env["CMS_URL"] ?? "http://127.0.0.1:8000").replace(/\/$/, "");
export const SITE_URL = (process.env["SITE_URL"] ?? "http://127.0.0.1:4321").replace(/\/$/, "");
