// A BigCommerce store on this machine, speaking Stencil: for development and for tests.
export {
  sampleStore,
  type EmulatedApp,
  type EmulatedCustomer,
  type EmulatedProduct,
} from './sample-store.js';
export { createEmulator, type Emulator, type EmulatorOptions } from './storefront.js';
export { createFaults, type BackendFault, type EndpointFault, type Faults } from './faults.js';
export { backendFaultMiddleware } from './faults-middleware.js';
export { startEmulator, type RunningEmulator, type StartOptions } from './serve.js';
export {
  createStencilEngine,
  ThemeError,
  type StencilEngine,
  type TemplateEngine,
} from './stencil-engine.js';
export { sampleContext } from './sample-context.js';
export type { TokenAlgorithm } from './current-customer.js';
export { createManagementRoutes, type EmulatedOrder, type ManagementOptions } from './management/index.js';
