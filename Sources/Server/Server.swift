import Estate
import Hummingbird
import Mustache
import ServiceLifecycle
import Logging
