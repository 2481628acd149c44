/** River: how high the water stands from source to sea. */
export default function River() {
  return <div className="column">River</div>
}
