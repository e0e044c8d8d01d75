declare module 'wasm_exec';
declare module '*.svg' { const drawing: string; export default drawing; }
