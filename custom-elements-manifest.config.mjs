/** What the custom-elements analyzer reads. Its caller decides where the manifest goes; package.json stays as it is. */
export default {
  globs: ['src/elements/**/*.ts'],
  exclude: ['src/**/*.d.ts'],
  litelement: true,
  packagejson: false,
  quiet: true,
};
