declare module 'wasm_exec';
declare module '*.svg' { const drawing: string; export default drawing; }
declare module '*.css?sheet' { const css: string; export default css; }
