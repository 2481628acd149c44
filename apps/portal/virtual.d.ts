/** The module the framework makes at build time. */
declare module 'virtual:react-router/server-build'
