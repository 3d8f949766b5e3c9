import Storage
import Crypto
import CryptoExtras
