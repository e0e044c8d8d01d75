declare module 'ws' { const socket: typeof WebSocket; export default socket; }
