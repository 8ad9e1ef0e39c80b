/**
 * Names of all requests, in the order of the contract, which has one entry for each: the types see to that. By themselves, so that
 * the bridge and the first moments of the main process need none of the schemas.
 */
export const channels = [
  'app:status',
  'app:set-theme',
  'vault:choose-new',
  'vault:choose-existing',
  'password:assess',
  'vault:create',
  'vault:ways',
  'vault:pick-key-file',
  'vault:unlock',
  'vault:lock',
  'vault:integrity',
  'ways:list',
  'ways:begin-codes',
  'ways:prove-codes',
  'ways:set-horizon',
  'ways:pick-key-file',
  'ways:make-key-file',
  'ways:enrol-security-key',
  'ways:forget-begun',
  'ways:replace',
  'ways:add',
  'ways:add-recovery',
  'ways:progress',
  'security-key:task',
  'security-key:report',
  'sheet:content',
  'sheet:print',
  'sheet:save-pdf',
  'sheet:close',
  'backup:list',
  'backup:make',
  'backup:choose-folder',
  'backup:restore',
  'backup:cancel-restore',
  'backup:save-copy',
  'settings:get',
  'settings:set',
  'kinds:list',
  'record:list',
  'record:get',
  'record:update',
  'record:trash',
  'record:restore',
  'record:purge',
  'record:copy',
  'record:reveal',
  'key-pair:generate',
  'key-pair:cancel',
  'key-pair:pick-file',
  'key-pair:import',
  'export:run',
  'export:list',
  'export:delete-file',
] as const;

/** Name of a request. */
export type Channel = (typeof channels)[number];

/** Messages from main to the renderer; none carries a secret. */
export const eventNames = ['app:changed', 'records:changed', 'integrity:changed', 'ways:changed'] as const;

/** `app:changed`: ask `app:status` again. `records:changed`: ask lists again. `integrity:changed`: ask `vault:integrity`. `ways:changed`: ask `ways:progress` and `ways:list`. */
export type EventName = (typeof eventNames)[number];
