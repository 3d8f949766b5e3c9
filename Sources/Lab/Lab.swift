import NIOCore
import NIOPosix
import SmartCard
