/** Bodies of the calls this driver makes, as Firecracker 1.16.1 describes them. The double of the tests checks every one of them. */

interface TokenBucket { size: number; refill_time: number; one_time_burst?: number }
export interface RateLimiter { bandwidth: TokenBucket; ops?: TokenBucket }

interface Drive {
  drive_id: string
  path_on_host: string
  is_root_device: boolean
  is_read_only: boolean
  /** The default, `Unsafe`, answers a flush without one. */
  cache_type: 'Writeback'
  io_engine: 'Sync'
  rate_limiter: RateLimiter
}

interface NetworkInterface {
  iface_id: string
  host_dev_name: string
  guest_mac: string
  rx_rate_limiter: RateLimiter
  tx_rate_limiter: RateLimiter
}

interface SnapshotLoad {
  snapshot_path: string
  mem_backend: { backend_type: 'File'; backend_path: string }
  track_dirty_pages: boolean
  resume_vm: boolean
  network_overrides: { iface_id: string; host_dev_name: string }[]
  vsock_override: { uds_path: string }
  clock_realtime: boolean
}

/** One call, in the order in which Firecracker wants it. */
export type ApiCall =
  | { method: 'PUT'; path: '/logger'; body: { log_path: string; level: 'Warning'; show_level: true } }
  | { method: 'PUT'; path: '/machine-config'; body: { vcpu_count: number; mem_size_mib: number; smt: false; track_dirty_pages: false; huge_pages: 'None' } }
  | { method: 'PUT'; path: '/boot-source'; body: { kernel_image_path: string; initrd_path: string; boot_args: string } }
  | { method: 'PUT'; path: `/drives/${string}`; body: Drive }
  | { method: 'PATCH'; path: `/drives/${string}`; body: { drive_id: string; path_on_host: string } }
  | { method: 'PUT'; path: `/network-interfaces/${string}`; body: NetworkInterface }
  | { method: 'PUT'; path: '/mmds/config'; body: { version: 'V2'; network_interfaces: string[]; ipv4_address: string; imds_compat: false } }
  | { method: 'PUT'; path: '/mmds'; body: Record<string, unknown> }
  | { method: 'PUT'; path: '/vsock'; body: { guest_cid: number; uds_path: string } }
  | { method: 'PUT'; path: '/entropy'; body: Record<string, never> }
  | { method: 'PUT'; path: '/balloon'; body: { amount_mib: number; deflate_on_oom: true; stats_polling_interval_s: number; free_page_reporting: true } }
  | { method: 'PUT'; path: '/serial'; body: { serial_out_path: string; rate_limiter: TokenBucket } }
  | { method: 'PUT'; path: '/actions'; body: { action_type: 'InstanceStart' | 'SendCtrlAltDel' } }
  | { method: 'PATCH'; path: '/vm'; body: { state: 'Paused' | 'Resumed' } }
  | { method: 'PUT'; path: '/snapshot/create'; body: { snapshot_type: 'Full'; snapshot_path: string; mem_file_path: string } }
  | { method: 'PUT'; path: '/snapshot/load'; body: SnapshotLoad }
