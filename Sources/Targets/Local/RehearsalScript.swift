/// How a room is made, as a script for a POSIX shell that is the first process of new network, mount and process namespaces: when it ends, the
/// kernel ends all others in them. Values come as arguments only.
///
/// Arguments: the staged directory, the place, for each interface its name, its peer's name and its addresses, `--`, and the daemon's command.
/// Standard input stays open as long as the room is wanted: that ends with us, however we end.
enum RehearsalScript {
    /// The line on standard output from which on the room is there.
    static let ready = "ready"
    /// Begins the last line, which tells the daemon's exit status.
    static let ended = "ended "

    static let text = """
        set -eu
        # The staged directory is held by standing in it: what is laid over its path below doesn't hide it.
        cd -- "$1"
        place=$2
        shift 2
        # The daemon gives its rights up and must still come to its files, whatever mask the caller has.
        umask 022
        mount -n -t tmpfs -o mode=0755 rehearsal /run
        mkdir -p "/run/etc/deevnet/current/$place" /run/lib/deevnet /run/run/deevnet
        # What names accounts and finds libraries.
        for name in passwd group nsswitch.conf ld.so.cache ld.so.conf ld.so.conf.d; do
            [ ! -e "/etc/$name" ] || cp -a "/etc/$name" /run/etc/
        done
        mount -n -c --bind . "/run/etc/deevnet/current/$place"
        mount -n --rbind /run/etc /etc
        mount -n --bind /run/lib /var/lib
        mount -n --bind /run/run /run
        cd /
        ip link set lo up
        while [ "$1" != -- ]; do
            case $1 in
            */*)
                ip address add "$1" dev "$device"
                shift ;;
            *)
                device=$1
                ip link add name "$device" type veth peer name "$2"
                ip link set dev "$device" up
                ip link set dev "$2" up
                shift 2 ;;
            esac
        done
        shift
        exec 3<&0
        trap 'exit 0' TERM
        (cat <&3 > /dev/null; kill -TERM 1) &
        echo \(ready)
        ("$@" 3<&- < /dev/null && status=0 || status=$?; echo "\(ended)$status"; kill -TERM 1) &
        wait
        """
}
