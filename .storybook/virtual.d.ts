declare module 'virtual:elements-manifest' {
  const manifest: object;
  export default manifest;
}
