# Puts addresses in the place of names in lines `server NAME:PORT …;`, because nginx looks names up once and does
# not start when one is unknown. A server that is not there is left out; nginx answers for an upstream
# that has none left. Ends with the map from addresses back to names, for a failure's header.
function address_of(name,    line, parts) {
  line = ""
  ("getent ahostsv4 " name) | getline line
  close("getent ahostsv4 " name)
  split(line, parts, " ")
  return parts[1]
}
$1 == "upstream" { upstream = 1; present = 0 }
upstream && $1 == "}" {
  if (!present) print "  server 127.0.0.1:9 down;"
  upstream = 0
}
upstream && $1 == "server" {
  split($2, target, /[:;]/)
  if (first == "") first = target[1]
  address = address_of(target[1])
  if (address == "") next
  present = 1
  map = map "  " address ":" target[2] " " target[1] ";\n"
  sub(target[1], address)
}
{ print }
END {
  if (first == "") exit
  print "map $upstream_addr $upstream_node {\n  default " first ";\n" map "}"
}
