export default function NotFound() {
  return (
    <>
      <h1 className="text-20 font-strong">Nothing is at this address</h1>
      <p className="mt-2 text-muted">The link is incomplete or has ended. Ask whoever sent it to you for a new one.</p>
    </>
  )
}
