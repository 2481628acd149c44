/** The settings of the embedded PostgreSQL: for a small machine and bulk loading, and never at the price of durability. */
import { totalmem } from 'node:os'

const mebibyte = 1024 * 1024

/**
 * The text of `lanmei.conf`. `walCompression` is the best method built into this server, `socketFolder` undefined where
 * no unix socket can be had.
 */
export function serverSettings(walCompression: string, socketFolder: string | undefined): string {
  const memoryMiB = Math.floor(totalmem() / mebibyte)
  const sharedMiB = Math.max(32, Math.min(128, Math.floor(memoryMiB / 8)))
  const settings: Record<string, string | number> = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: socketFolder === undefined ? '' : `"${socketFolder}"`,
    unix_socket_permissions: '0777',
    max_connections: 60,
    superuser_reserved_connections: 3,
    password_encryption: 'scram-sha-256',
    // What was acknowledged stays, also through a power loss.
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    wal_level: 'replica',
    max_wal_senders: 0,
    wal_compression: walCompression,
    wal_buffers: '16MB',
    min_wal_size: '192MB',
    max_wal_size: '2GB',
    checkpoint_timeout: '15min',
    checkpoint_completion_target: 0.9,
    // A national node may be one small machine that also runs the portal.
    shared_buffers: `${sharedMiB}MB`,
    effective_cache_size: `${Math.max(256, Math.floor(memoryMiB / 2))}MB`,
    work_mem: '12MB',
    maintenance_work_mem: `${Math.max(32, Math.min(96, Math.floor(memoryMiB / 16)))}MB`,
    autovacuum_work_mem: '32MB',
    autovacuum_max_workers: 2,
    max_worker_processes: 4,
    max_parallel_workers: 2,
    max_parallel_workers_per_gather: 1,
    max_parallel_maintenance_workers: 1,
    random_page_cost: 1.1,
    // Compiling a query costs more than our queries take.
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    lc_messages: 'C',
    logging_collector: 'on',
    log_directory: 'log',
    log_filename: 'postgresql-%a.log',
    log_rotation_age: '1d',
    log_rotation_size: 0,
    log_truncate_on_rotation: 'on',
    log_checkpoints: 'on',
    log_min_duration_statement: '5s',
    track_io_timing: 'on',
  }
  const lines = Object.entries(settings).map(
    ([name, value]) => `${name} = '${String(value).replaceAll("'", "''")}'`,
  )
  return `# Written by Lanmei at every start. Put your own settings into operator.conf beside this file.\n${lines.join('\n')}\n`
}
